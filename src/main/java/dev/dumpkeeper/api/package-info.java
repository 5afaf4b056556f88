/**
 * The dumps, failures, volumes and plans as JSON for programs, on the application port
 * under {@code /api}. It only reads, as the console's pages do; no room uses it.
 */
@NullMarked
package dev.dumpkeeper.api;

import org.jspecify.annotations.NullMarked;
