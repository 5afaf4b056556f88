/**
 * Makes untrusted text safe to show.
 */
@NullMarked
package dev.dumpkeeper.text;

import org.jspecify.annotations.NullMarked;
