import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** max-lines once more, so that a long file is a warning and a very long one an error. */
const size = {
  rules: {
    'max-file-lines': {
      meta: {
        type: 'suggestion',
        schema: [{ type: 'integer' }],
        messages: { long: '{{lines}} lines; the limit is {{max}}.' },
      },
      create: (context) => ({
        'Program:exit'(node) {
          const [max] = context.options;
          const lines = context.sourceCode.lines.length;
          if (lines > max)
            context.report({ node, loc: { line: max, column: 0 }, messageId: 'long', data: { lines, max } });
        },
      }),
    },
  },
};

export default defineConfig(
  globalIgnores(['dist', '.cache', 'artifacts', 'coverage', 'node_modules', 'samples', 'media']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { size },
    rules: { 'max-lines': ['warn', 300], 'size/max-file-lines': ['error', 500] },
  },
  {
    files: ['**/*.ts'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Overloads that differ in one type often deserve two doc comments.
      '@typescript-eslint/unified-signatures': 'off',
      // `get(i)!` after a bounds check is how tight numeric loops read under noUncheckedIndexedAccess.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-non-null-assertion': 'off',
      // void arrow bodies read well in event handlers: `() => (this.x = 1)` stays an error, `() => f()` does not.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // mocha's `it` returns nothing, but chained promises in tests are deliberate; terminal programs print.
    files: ['test/**/*.ts', 'src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    extends: [eslint.configs.recommended],
    languageOptions: {
      // the scripts run in the same Node as this file
      globals: Object.fromEntries(
        [...Object.getOwnPropertyNames(globalThis), 'module', 'require', '__dirname'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
