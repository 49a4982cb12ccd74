"use strict";

const LETTERS = "etnroaiucslpdfmhgyvwbkxqjzETNROAIUCSLPDFMHGYVWBKXQJZ_$".split("");
const DIGITS = "0123456789".split("");
const KEYWORDS = new Set(["do", "if", "in", "is", "of", "as"]);
const PAIRS = LETTERS.flatMap((first) => LETTERS.concat(DIGITS).map((second) => first + second));
const SHORT = [...LETTERS, ...PAIRS.filter((pair) => !KEYWORDS.has(pair))];

/** What the language calls its own properties. */
const BUILT_IN = [Array, Date, JSON, Math, Number, Object, Promise, RegExp, Set, String]
  .flatMap((type) => [type, type.prototype ?? {}])
  .flatMap((owner) => Object.getOwnPropertyNames(owner));

/**
 * A Babel plugin: what has one name in a script gets one letter, the variable `phase` of every function and the property
 * `phase` alike. Minifiers give letters in order, so that one thing is `e` here and `n` there. Named alike, the same lines
 * come again, which gzip writes once, and `{ phase }` needs its name no second time.
 *
 * Properties that others read keep their names: those in `foreign`, and every word of a string.
 */
module.exports = function shortNames({ types: t }, { foreign }) {
  return {
    visitor: {
      Program(program) {
        const { own: keys, others } = properties(program);
        const variables = variablesOf(program);
        const names = choose(variables, keys, { globals: Object.keys(program.scope.globals), properties: others });
        for (const { nodes, short } of variables) for (const node of nodes) node.name = short;
        for (const [name, nodes] of keys) for (const node of nodes) rename(node, names.get(name));
        program.traverse({ ObjectProperty: (path) => abbreviate(path.node) });
      },
    },
  };

  /** The nodes that name a property which only this script knows, by its name; and what other properties are called. */
  function properties(program) {
    const keys = new Map();
    const declared = new Set();
    const known = new Set([...foreign, ...BUILT_IN]);
    const add = (node) => {
      const name = nameOf(node);
      if (!keys.has(name)) keys.set(name, []);
      keys.get(name).push(node);
    };
    program.traverse({
      MemberExpression({ node }) {
        if (!node.computed) add(node.property);
      },
      "ObjectMember|ClassMethod|ClassProperty"({ node }) {
        if (node.computed || !t.isIdentifier(node.key)) return;
        add(node.key);
        declared.add(node.key.name);
      },
      StringLiteral({ node, parent }) {
        if (t.isBinaryExpression(parent, { left: node, operator: "in" })) add(node);
        else know(node.value);
      },
      TemplateElement({ node }) {
        know(node.value.raw);
      },
    });
    const isOwn = (name) => declared.has(name) && !known.has(name);
    const own = new Map([...keys].filter(([name]) => isOwn(name)));
    return { own, others: [...keys.keys()].filter((name) => !isOwn(name)) };

    function know(text) {
      for (const word of text.match(/[\w$]+/g) ?? []) known.add(word);
    }
  }

  function abbreviate(property) {
    const { key, value, computed } = property;
    const variable = t.isAssignmentPattern(value) ? value.left : value;
    property.shorthand = !computed && t.isIdentifier(key) && t.isIdentifier(variable, { name: key.name });
  }
};

/** Each variable: the nodes that name it, and the scopes in which its name can mean no other. */
function variablesOf(program) {
  const variables = new Map();
  add(program.scope);
  program.traverse({ Scope: ({ scope }) => add(scope) });
  return [...variables.values()];

  function add(scope) {
    for (const { identifier, referencePaths, constantViolations } of Object.values(scope.bindings)) {
      // A class knows itself by the name that its surroundings know it by.
      const variable = variables.get(identifier) ?? variableOf(identifier, scope === program.scope);
      variables.set(identifier, variable);
      variable.scopes.add(scope);
      variable.nodes.push(...referencePaths.map(({ node }) => node));
      variable.nodes.push(...constantViolations.flatMap((path) => path.getBindingIdentifiers(true)[identifier.name]));
      for (const path of [...referencePaths, ...constantViolations]) {
        for (let within = path.scope; within && within !== scope; within = within.parent) variable.scopes.add(within);
      }
    }
  }
}

function variableOf(identifier, isTop) {
  const name = identifier.name.replace(/\d+$/, ""); // a bundler numbers what several modules name alike
  return { name, nodes: [identifier], scopes: new Set(), isTop };
}

/**
 * Gives each variable its short name, and returns the properties'. What is named most often chooses first, and takes the
 * letter that most of its variables can have.
 */
function choose(variables, keys, given) {
  const shorts = SHORT.filter((short) => !given.globals.includes(short));
  const taken = new Map(); // by scope
  const isFree = (short, { scopes }) => {
    for (const scope of scopes) if (taken.get(scope)?.has(short)) return false;
    return true;
  };
  const give = (variable, wanted) => {
    variable.short = [...wanted, ...shorts].find((short) => isFree(short, variable));
    for (const scope of variable.scopes) taken.set(scope, (taken.get(scope) ?? new Set()).add(variable.short));
  };

  const things = new Map(Array.from(keys, ([name, nodes]) => [name, { name, alike: [], uses: nodes.length }]));
  for (const variable of variables.filter(({ isTop }) => !isTop)) {
    const thing = things.get(variable.name) ?? { name: variable.name, alike: [], uses: 0 };
    thing.alike.push(variable);
    thing.uses += variable.nodes.length;
    things.set(thing.name, thing);
  }

  const names = new Map();
  for (const { name, alike } of Array.from(things.values()).toSorted((one, other) => other.uses - one.uses)) {
    const used = new Set(keys.has(name) ? [...names.values(), ...given.properties] : []);
    const served = (short) =>
      alike.reduce((uses, variable) => uses + (isFree(short, variable) ? variable.nodes.length : 0), 0);
    const letters = shorts.filter((short) => !used.has(short)).slice(0, LETTERS.length);
    const [best] = letters
      .map((short) => [short, served(short)])
      .reduce((one, other) => (other[1] > one[1] ? other : one));
    if (keys.has(name)) names.set(name, best);
    for (const variable of alike) give(variable, [best]);
  }
  for (const variable of variables.filter(({ isTop }) => isTop).toSorted(byUse)) give(variable, []);
  return names;
}

const byUse = (one, other) => other.nodes.length - one.nodes.length;
const nameOf = (node) => node.name ?? node.value;

function rename(node, short) {
  if (node.type === "Identifier") node.name = short;
  else Object.assign(node, { value: short, extra: undefined });
}
