/**
 * The database for all packages: configuration, migrations, waiting for an unavailable
 * server, and the classification of failures.
 */
@NullMarked
package dev.dumpkeeper.database;

import org.jspecify.annotations.NullMarked;
