/**
 * The memory of every dump: where it lies, whether it is whole, who was told, who holds
 * it, and what became of it.
 */
@NullMarked
package dev.dumpkeeper.ledger;

import org.jspecify.annotations.NullMarked;
