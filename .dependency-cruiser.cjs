// The import table of ARCHITECTURE.md as an allow-list: what is not written here may not be imported.

const core = (...folders) => folders.map((folder) => `^src/core/${folder}/`);
const pkg = (...names) => names.map((name) => `^node_modules/${name}/`);
const BUILT_IN = { dependencyTypes: ['core'] };
const typesOf = (paths) => ({ path: paths, dependencyTypes: ['type-only'] });

// what every format shares: the contract, limits, reporting
const FORMAT = '^src/core/formats/(?!index[.])[^/]+[.]ts$';
const WEBVIEW_COMMON = ['^src/protocol/', '^webview/state/', '^webview/ui/'];

/** [files, what they may import besides their own folder]; `$1` is the first group of the left side. */
const TABLE = [
  // texts in the reader's language, for every room that speaks
  ['^(src/core|webview)/', core('l10n')],
  // how long work is cut into steps: knows nothing but itself
  ['^(src/core|src/protocol|webview)/', ['^src/core/steps[.]ts$']],
  // layers in words, said by host and page alike; what a layout depends on, told by the host or found by the page
  ['^(src/core/view|webview)/', ['^src/core/(spoken|plan)[.]ts$']],
  ['^src/core/bytes/', ['^src/core/bytes/', ...pkg('@bufbuild/protobuf', 'flatbuffers', 'fflate')]],
  ['^src/core/diagnostics/', core('diagnostics')],
  ['^src/core/ir/', core('ir', 'diagnostics')],
  ['^src/core/ops/', core('ops', 'ir', 'diagnostics')],
  [FORMAT, [FORMAT, ...core('bytes', 'ir', 'diagnostics')]],
  // the list of all formats
  ['^src/core/formats/index[.]ts$', ['^src/core/formats/']],
  ['^src/core/formats/([^/]+)/', ['^src/core/formats/$1/', FORMAT, ...core('bytes', 'ir', 'diagnostics')]],
  ['^src/core/formats/cnn/', pkg('yaml')],
  ['^src/core/analysis/', core('analysis', 'ir', 'ops', 'diagnostics')],
  ['^src/core/explain/', core('explain', 'analysis', 'ops', 'ir', 'diagnostics')],
  ['^src/core/modules/', core('modules', 'ir', 'ops', 'diagnostics')],
  ['^src/core/image/', [...core('image'), ...pkg('fast-png', 'fflate', 'jpeg-js')]],
  ['^src/core/language/', core('language', 'formats/cnn', 'ops', 'ir', 'analysis', 'view', 'diagnostics')],
  ['^src/core/view/', core('view', 'analysis', 'modules', 'ops', 'ir', 'diagnostics')],
  ['^src/core/course/', core('course', 'view', 'analysis', 'ops', 'ir', 'diagnostics')],
  ['^src/core/compare/', core('compare', 'view', 'analysis', 'ops', 'ir', 'diagnostics')],
  // files directly in core/ put the rooms together for those outside
  ['^src/core/[^/]+[.]ts$', ['^src/core/']],

  ['^src/protocol/', '^src/protocol/'],
  ['^src/protocol/', typesOf(core('view', 'course', 'explain', 'image', 'ir', 'diagnostics'))],

  // files of the disk, for the desktop and the terminal
  ['^src/node/', ['^src/node/', '^src/core/']],
  ['^src/node/', BUILT_IN],
  ['^src/extension[.]ts$', ['^src/node/']],

  ['^src/host/', ['^src/host/', '^src/core/', '^src/protocol/', '^vscode$', '^node_modules/@types/vscode/']],
  ['^src/host/.+[.]node[.]ts$', BUILT_IN],
  [
    '^src/extension([.]web)?[.]ts$',
    ['^src/host/', '^src/core/', '^src/protocol/', '^vscode$', '^node_modules/@types/vscode/'],
  ],
  ['^src/cli/', ['^src/cli/', '^src/node/', '^src/core/', '^src/protocol/']],
  ['^src/cli/', BUILT_IN],
  // its version
  ['^src/cli/', '^package[.]json$'],
  ['^src/cli/run', pkg('onnxruntime-web')],

  // the page puts its rooms together; the rooms know the store, the toolkit and themselves
  ['^webview/[^/]+[.]ts$', ['^webview/', '^src/protocol/']],
  ['^webview/([^/]+)/', ['^webview/$1/', ...WEBVIEW_COMMON]],
  // the vocabulary of the protocol, never its functions: what is drawn was decided in the host
  ['^webview/', typesOf(core('view', 'course', 'explain'))],
  ['^webview/ui/', ['^src/core/image/float16[.]ts$', ...pkg('@vscode/webview-ui-toolkit', '@vscode/codicons')]],
  ['^webview/stage/', pkg('flatbush')],
  ['^webview/stage/layout/', pkg('elkjs')],
  [
    '^webview/inference/',
    [
      ...core('image'),
      '^src/core/(failure|scores|taps)[.]ts$',
      '^ort$',
      ...pkg('onnxruntime-web', 'onnxruntime-common'),
    ],
  ],
  ['^webview/lens/', core('explain', 'view', 'ir', 'ops', 'analysis', 'diagnostics')],
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'node-built-ins-stay-in-node-files',
      comment: 'The same sources run in a browser: Node belongs into *.node.ts, extension.ts and the terminal program.',
      severity: 'error',
      from: { pathNot: ['[.]node[.]ts$', '^src/cli/', '^src/node/'] },
      to: BUILT_IN,
    },
    {
      name: 'web-host-knows-no-node-files',
      severity: 'error',
      from: { path: ['^src/extension[.]web[.]ts$', '[.]web[.]ts$'] },
      to: { path: ['[.]node[.]ts$', '^src/node/'] },
    },
  ],
  allowedSeverity: 'error',
  allowed: TABLE.map(([from, to]) => ({
    from: { path: from },
    to: typeof to === 'string' || Array.isArray(to) ? { path: to } : to,
  })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['[.]css$'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
