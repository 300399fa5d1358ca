import type { TrackedStep } from '../tracker.js';
import { finiteScalars } from '../tracker.js';
import { ProtobufMessage, readVarint } from './protobuf.js';

// The numbers of the fields are those of TensorFlow: core/util/event.proto, core/framework/summary.proto, tensor.proto.

/** The first event of every file. */
export const versionEvent = (time: number): ProtobufMessage =>
  new ProtobufMessage().double(1, time).bytes(3, 'brain.Event:2');

/** Scalars and pictures of a step. */
export function stepEvent({ step, time, scalars, pictures = {} }: TrackedStep): ProtobufMessage {
  const summary = new ProtobufMessage();
  for (const [tag, value] of finiteScalars(scalars)) {
    summary.bytes(1, new ProtobufMessage().bytes(1, tag).float(2, value));
  }
  for (const [tag, png] of Object.entries(pictures)) {
    summary.bytes(1, new ProtobufMessage().bytes(1, tag).bytes(4, pictureMessage(png)));
  }
  return new ProtobufMessage().double(1, time).integer(2, step).bytes(5, summary);
}

function pictureMessage(png: Uint8Array): ProtobufMessage {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  // PNG's IHDR: width, height, depth, colour type. Its grey, RGB and RGBA are 0, 2 and 6; TensorFlow's channels 1, 3 and 4.
  const [width, height, colour] = [header.getUint32(16), header.getUint32(20), header.getUint8(25)];
  const channels = colour === 0 ? 1 : colour === 6 ? 4 : 3;
  return new ProtobufMessage().integer(1, height).integer(2, width).integer(3, channels).bytes(4, png);
}

/** A text, shown as Markdown. */
export function textEvent(tag: string, text: string, time: number): ProtobufMessage {
  const plugin = new ProtobufMessage().bytes(1, new ProtobufMessage().bytes(1, 'text'));
  const shape = new ProtobufMessage().bytes(2, new ProtobufMessage().integer(1, 1));
  const stringType = 7;
  const tensor = new ProtobufMessage().integer(1, stringType).bytes(2, shape).bytes(8, text);
  const value = new ProtobufMessage().bytes(1, tag).bytes(9, plugin).bytes(8, tensor);
  return new ProtobufMessage().double(1, time).bytes(5, new ProtobufMessage().bytes(1, value));
}

/** The step of an event of {@link stepEvent}; undefined for the others, which have none. */
export function stepOfEvent(event: Uint8Array): number | undefined {
  // After the time: a tag and eight bytes.
  const stepTag = 16;
  return event[9] === stepTag ? readVarint(event, 10)[0] : undefined;
}
