/**
 * Checks all properties before anything starts: names, quantities and secrets.
 */
@NullMarked
package dev.dumpkeeper.settings;

import org.jspecify.annotations.NullMarked;
