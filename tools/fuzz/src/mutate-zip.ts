import { encodeZip, listZip, openByteRanges, readZipEntry } from '@fractura/array-files';
import type { Draw } from '@fractura/testing';

/** A zip archive with one member changed and all checksums right, or a member renamed, repeated or left out. */
export async function mutateZip(
  sound: Uint8Array,
  change: (member: Uint8Array, draw: Draw) => Uint8Array,
  draw: Draw,
): Promise<Uint8Array> {
  const source = await openByteRanges(sound);
  const members = [];
  for (const entry of await listZip(source)) {
    members.push({ name: entry.name, bytes: await readZipEntry(source, entry) });
  }
  const at = draw(members.length);
  const member = members[at];
  switch (draw(8)) {
    case 0:
      members.splice(at, 1);
      break;
    case 1:
      member.name = ['../../x', 'a\u0000', '', member.name.toUpperCase(), '__proto__.npy'][draw(5)];
      break;
    case 2:
      members.push({ ...member });
      break;
    default:
      member.bytes = member.bytes.length > 0 ? change(member.bytes, draw) : member.bytes;
  }
  return Buffer.concat([...encodeZip(members, draw(2) === 0 ? { level: 6 } : {})]);
}
