/**
 * The dumps, failures, volumes and plans as JSON for programs, on the application port
 * under {@code /api}. It only reads, by what the console's pages read; nobody uses it.
 */
@NullMarked
package dev.dumpkeeper.api;

import org.jspecify.annotations.NullMarked;
