/**
 * The record of every dump: where it is, whether it is complete, when people were
 * notified, who holds it, and what became of it.
 */
@NullMarked
package dev.dumpkeeper.ledger;

import org.jspecify.annotations.NullMarked;
