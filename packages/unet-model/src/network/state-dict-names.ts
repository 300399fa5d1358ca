/**
 * All names under which nnU-Net's `state_dict` holds these tensors, in its order: every conv block again as
 * `all_modules.0` and `all_modules.1` (or `2`), and the whole encoder again within the decoder. PyTorch loads strictly, so a
 * checkpoint for it needs them all.
 *
 * @param options `nonlinFirst` where the norm comes after the activation, third instead of second.
 * @returns pairs of the name in the `state_dict` and the tensor it stands for
 * @see nnU-Net: dynamic_network_architectures/building_blocks/simple_conv_blocks.py, ConvDropoutNormReLU (`all_modules`);
 *   building_blocks/unet_decoder.py, UNetDecoder (`encoder`)
 */
export function stateDictNames(
  names: readonly string[],
  { nonlinFirst = false }: { nonlinFirst?: boolean } = {},
): { name: string; tensor: string }[] {
  const norm = nonlinFirst ? '2.' : '1.';
  const encoder = blockNames(
    names.filter((name) => name.startsWith('encoder.')),
    norm,
  );
  const decoder = blockNames(
    names.filter((name) => name.startsWith('decoder.')),
    norm,
  );
  return [...encoder, ...encoder.map(({ name, tensor }) => ({ name: `decoder.${name}`, tensor })), ...decoder];
}

/** Follows each conv block's own names with its aliases. */
function blockNames(names: readonly string[], norm: string): { name: string; tensor: string }[] {
  const blocks = new Map<string, string[]>();
  for (const name of names) {
    const block = /^(.*)\.(?:conv|norm)\.(?:weight|bias)$/.exec(name)?.[1] ?? name;
    blocks.set(block, [...(blocks.get(block) ?? []), name]);
  }
  return [...blocks].flatMap(([block, members]) => {
    const own = members.map((name) => ({ name, tensor: name }));
    const aliases = members
      .filter((name) => name !== block)
      .map((name) => ({
        name: `${block}.all_modules.${name
          .slice(block.length + 1)
          .replace('conv.', '0.')
          .replace('norm.', norm)}`,
        tensor: name,
      }));
    return [...own, ...aliases];
  });
}
