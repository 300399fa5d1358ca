import { endsAsSentence, startsAsSentence } from './sentence.mjs';

/** JavaScript's own errors are thrown for defects or caught and reworded; only our errors are read by users. */
const builtIn = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError', 'EvalError', 'YError']);
const isOurError = (node) =>
  node.callee.type === 'Identifier' && /^[A-Z]\w*Error$/.test(node.callee.name) && !builtIn.has(node.callee.name);

/** Another error's message, `message` or `error.message`, which is a sentence already. */
const isMessage = (node) => node.name === 'message' || node.property?.name === 'message';

/**
 * The message of an error, and its remedy, are sentences: they start with a capital, or with the name or value that they are about,
 * and end with a full stop, a question mark or an exclamation mark.
 *
 * A function that makes errors out of its parameter is followed: where `flaw` in `new MetricsError(flaw, ...)` is a parameter,
 * the argument at each call of that function is checked, and so on.
 */
export const errorMessage = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      start: 'Start the {{what}} with a capital letter, or with the name or value that it is about.',
      end: 'End the {{what}} with a full stop.',
    },
  },
  create(context) {
    const followed = new Set();

    /** Checks the text that an expression gives: its start, its end or both. */
    function check(node, what, edges) {
      switch (node.type) {
        case 'Literal':
          report(node, what, edges, typeof node.value === 'string' ? [node.value] : undefined);
          break;
        case 'TemplateLiteral':
          checkTemplate(node, what, edges);
          break;
        case 'ConditionalExpression':
          check(node.consequent, what, edges);
          check(node.alternate, what, edges);
          break;
        case 'LogicalExpression':
          check(node.right, what, edges);
          break;
        case 'BinaryExpression':
          if (node.operator === '+') {
            check(node.left, what, { start: edges.start, end: false });
            check(node.right, what, { start: false, end: edges.end });
          }
          break;
        case 'Identifier':
          checkVariable(node, what, edges);
          break;
      }
    }

    function checkTemplate(node, what, edges) {
      const texts = node.quasis.map(({ value }) => value.cooked);
      const last = node.expressions.at(-1);
      const endsWithMessage = last !== undefined && texts.at(-1) === '' && isMessage(last);
      report(node, what, { start: edges.start, end: edges.end && !endsWithMessage }, texts);
    }

    function report(node, what, { start, end }, texts) {
      if (start && texts && !startsAsSentence(texts)) {
        context.report({ node, messageId: 'start', data: { what } });
      }
      if (end && texts && !endsAsSentence(texts)) {
        context.report({ node, messageId: 'end', data: { what } });
      }
    }

    /** Follows a constant to its text, and a parameter to the calls of its function. */
    function checkVariable(identifier, what, edges) {
      const definition = variableOf(context.sourceCode, identifier)?.defs[0];
      if (
        definition?.type === 'Variable' &&
        definition.parent.kind === 'const' &&
        definition.node.id === definition.name
      ) {
        follow(definition.node.init, what, edges);
      }
      if (definition?.type !== 'Parameter') {
        return;
      }
      const index = definition.node.params.findIndex(
        (parameter) => parameter === definition.name || parameter.left === definition.name,
      );
      for (const call of callsOf(context.sourceCode, definition.node)) {
        if (index !== -1 && call.arguments[index]) {
          follow(call.arguments[index], what, edges);
        }
      }
    }

    function follow(node, what, edges) {
      const key = `${what} ${edges.start} ${edges.end}`;
      if (!node || followed.has(`${node.range} ${key}`)) {
        return;
      }
      followed.add(`${node.range} ${key}`);
      check(node, what, edges);
    }

    return {
      NewExpression(node) {
        if (!isOurError(node)) {
          return;
        }
        const [message, details] = node.arguments;
        const whole = { start: true, end: true };
        if (message) {
          follow(message, 'message', whole);
        }
        for (const property of details?.type === 'ObjectExpression' ? details.properties : []) {
          if (property.key?.name === 'remedy') {
            follow(property.value, 'remedy', whole);
          }
        }
      },
    };
  },
};

function variableOf(sourceCode, identifier) {
  for (let scope = sourceCode.getScope(identifier); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable) {
      return variable;
    }
  }
  return undefined;
}

/** The calls, in this file, of a function that has a name. */
function callsOf(sourceCode, functionNode) {
  const named =
    functionNode.id ?? (functionNode.parent.type === 'VariableDeclarator' ? functionNode.parent.id : undefined);
  if (named?.type !== 'Identifier') {
    return [];
  }
  const references = variableOf(sourceCode, named)?.references ?? [];
  return references
    .map(({ identifier }) => identifier.parent)
    .filter((parent) => parent.type === 'CallExpression' && parent.callee.name === named.name);
}
