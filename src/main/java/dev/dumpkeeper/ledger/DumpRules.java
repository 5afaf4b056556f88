package dev.dumpkeeper.ledger;

import dev.dumpkeeper.scan.ObjectClassifier;

/**
 * How dumps are recognised.
 *
 * @param names by their names
 * @param formats by their content
 */
record DumpRules(ObjectClassifier names, DumpFormats formats) {

}
