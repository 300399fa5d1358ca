import type { TrackedStep } from '../tracker.js';
import { finiteScalars } from '../tracker.js';
import { ProtobufMessage, readVarint } from './protobuf.js';

// The numbers of the fields are those of TensorFlow: core/util/event.proto, core/framework/summary.proto, tensor.proto.

/** The first event of every file. */
export const versionEvent = (time: number): ProtobufMessage =>
  new ProtobufMessage().double(1, time).bytes(3, 'brain.Event:2');

/** Scalars of a step. */
export function scalarEvent({ step, time, scalars }: TrackedStep): ProtobufMessage {
  const summary = new ProtobufMessage();
  for (const [tag, value] of finiteScalars(scalars)) {
    summary.bytes(1, new ProtobufMessage().bytes(1, tag).float(2, value));
  }
  return new ProtobufMessage().double(1, time).integer(2, step).bytes(5, summary);
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

/** The step of an event of {@link scalarEvent}; undefined for the others, which have none. */
export function stepOfEvent(event: Uint8Array): number | undefined {
  // After the time: a tag and eight bytes.
  const stepTag = 16;
  return event[9] === stepTag ? readVarint(event, 10)[0] : undefined;
}
