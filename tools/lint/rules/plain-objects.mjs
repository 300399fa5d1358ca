const isEmptyObject = ({ type, properties }) => type === 'ObjectExpression' && properties.length === 0;

/**
 * Object literals are written plainly: no spread that only groups properties (`...{ a, b }`) or guards one
 * (`...(x === undefined ? {} : { x })`, `...(x && { x })`). Give the property the value `undefined`, or set it in an `if`.
 */
export const plainObjects = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      groups: 'Write the properties into the literal itself.',
      guards: 'Let the property be undefined, or set it in an if statement.',
    },
  },
  create(context) {
    return {
      'ObjectExpression > SpreadElement'({ argument }) {
        if (argument.type === 'ObjectExpression') {
          context.report({ node: argument, messageId: 'groups' });
        }
        const { type, consequent, alternate, right } = argument;
        const guards =
          (type === 'ConditionalExpression' && (isEmptyObject(consequent) || isEmptyObject(alternate))) ||
          (type === 'LogicalExpression' && right.type === 'ObjectExpression' && !isEmptyObject(right));
        if (guards) {
          context.report({ node: argument, messageId: 'guards' });
        }
      },
    };
  },
};
