/**
 * Makes text that others chose fit to be shown.
 */
@NullMarked
package dev.dumpkeeper.text;

import org.jspecify.annotations.NullMarked;
