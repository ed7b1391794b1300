import astro from 'eslint-plugin-astro'
import tseslint from 'typescript-eslint'

/** Folders of experiments/ from the ground up: none imports one to its right. */
const layers = [
  'dataset',
  'augmentation',
  'models',
  'statistics',
  'engine',
  'evaluation',
  'training',
  'results',
  'analyses',
  'runs',
  'commands',
  'bench',
]
const ground = 4 // the first four stand side by side and know nothing of each other's upper neighbours

/** The two contracts are plain data and may be imported from everywhere; so may any type. */
const contract = '(?!protocol\\.ts|schema\\.ts)'

const above = (folder) => layers.slice(Math.max(layers.indexOf(folder) + 1, ground))

const restrictImports = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] })
const noNode = { regex: '^node:', message: 'This part runs in browsers too: pass files, processes and the clock in.' }
const noSite = { regex: '^(\\.\\./)+src/', message: 'experiments/ never imports the site: the results are the only door.' }

const layerRules = layers.map((folder) => ({
  files: [`experiments/${folder}/**/*.ts`],
  rules: restrictImports(noSite, ...(['augmentation', 'models', 'statistics', 'training'].includes(folder) ? [noNode] : []), {
    regex: `^(\\.\\./)+((${above(folder).join('|') || '-'})/${contract}|cli\\.ts)`,
    allowTypeImports: true,
    message: `experiments/${folder} is below that: imports go ${layers.slice(0, ground).join(', ')} → ${layers.slice(ground).join(' → ')} → cli.`,
  }),
}))

const unrepeatable = (selector, what) => ({
  selector,
  message: `${what} makes every run and build different: take it as an argument (experiments/random.ts; a clock at the edge).`,
})

export default tseslint.config(
  // AssemblyScript's compiler checks what is written in it.
  { ignores: ['dist/', '.astro/', '.cache/', 'node_modules/', 'experiments/engine/portable/assembly/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess asks for them in loops over typed arrays
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/unbound-method': 'off', // there are no classes with a `this`; engines are objects of functions
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['**/*.astro'], extends: [tseslint.configs.base] },
  ...astro.configs.recommended,
  {
    files: ['experiments/**/*.ts', 'src/**/*.{ts,astro}', '*.ts', '*.mjs'],
    rules: {
      'no-restricted-syntax': [
        'error',
        unrepeatable('MemberExpression[object.name="Math"][property.name="random"]', 'Math.random'),
        unrepeatable('MemberExpression[object.name="Date"][property.name="now"]', 'Date.now'),
        unrepeatable('MemberExpression[object.name="performance"][property.name="now"]', 'performance.now'),
        unrepeatable('NewExpression[callee.name="Date"][arguments.length=0]', 'new Date()'),
        { selector: 'TSEnumDeclaration', message: 'Node runs these files by stripping types: use a union of strings.' },
      ],
    },
  },
  // The edges: here the clock is read, to be passed in.
  { files: ['experiments/{commands,bench}/*.ts', 'experiments/runs/worker.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Commander gives its options as `any`; each command declares what it takes.
  {
    files: ['experiments/cli.ts'],
    rules: { '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-member-access': 'off' },
  },
  ...layerRules,
  {
    files: ['experiments/engine/portable/**/*.ts'],
    rules: restrictImports(noSite, noNode, {
      regex: '^(\\.\\./)+native/',
      message: 'The portable engine stands alone.',
    }),
  },
  {
    files: ['experiments/{augmentation,models,statistics,training}/**/*.ts', 'experiments/engine/portable/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname'] },
  },
  {
    files: ['experiments/*.ts'],
    rules: restrictImports(noSite),
  },
  {
    files: ['src/**/*.{ts,astro}'],
    rules: restrictImports({
      regex: '/experiments/(engine/|runs/|commands/|cli\\.ts|training/(?!protocol\\.ts))',
      message: 'The site reads results and trains nothing: it knows no engine and no training loop.',
    }),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Test doubles implement asynchronous interfaces without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      // Reference values are JSON: what is wrong in them shows when they are compared.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
