/** Bounds on what a file may make us do. Each says which real models it must admit and what it stops. */

/** Subgraphs within subgraphs. Detection models nest Loop in If in Loop (3); exporters' worst seen is 6. */
export const DEEPEST_GRAPH = 64;

/** Elements of a list attribute that are kept. Tree ensembles have some 100,000; a CNN's longest is a few dozen. */
export const LONGEST_LIST = 1 << 20;

/** Constants of any type up to this many elements are kept as numbers: scales, limits, biases of toy nets. */
export const TINY_TENSOR = 64;

/** Integer constants up to this many elements are kept as numbers: shapes, axes, pads, slices, gather indices. */
export const TINY_INTEGERS = 1024;

/** Text elements of a tensor that are kept: class names of a classifier (ImageNet-21k has 21,841). */
export const MOST_STRINGS = 32_768;

/** Problems of one kind that are listed; the rest are counted. A damaged file can have one per tensor. */
export const MOST_PROBLEMS = 100;
