/**
 * Looks at all properties before anything starts: their names, quantities, secrets.
 */
@NullMarked
package dev.dumpkeeper.settings;

import org.jspecify.annotations.NullMarked;
