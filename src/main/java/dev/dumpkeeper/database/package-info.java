/**
 * The database as all rooms need it: the server's manners, migrations, waiting for one
 * that is away, and what its failures mean.
 */
@NullMarked
package dev.dumpkeeper.database;

import org.jspecify.annotations.NullMarked;
