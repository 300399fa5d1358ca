// Runs an ONNX file on one input, for a test: onnxruntime-node wants the typed arrays of Node's own realm, which a
// Jest environment replaces. Arguments: MODEL INPUT (raw float32) OUTPUT SHAPE (such as 2,1,16,24)
// [NAME of the output].
import { readFileSync, writeFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [model, input, output, shape, name = 'logits'] = process.argv.slice(2);
const bytes = readFileSync(input);
const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const session = await ort.InferenceSession.create(model);
const outputs = await session.run({ input: new ort.Tensor('float32', values, shape.split(',').map(Number)) });
const { data, dims } = outputs[name];
writeFileSync(output, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
console.log(JSON.stringify(dims));
