package dev.dumpkeeper.digest;

import dev.dumpkeeper.lab.MigratedDatabase;

/**
 * {@link FloodOfDumpsTests} on a database server.
 */
class FloodOfDumpsOnServerIntegrationTests extends FloodOfDumpsTests {

	@Override
	MigratedDatabase database() {
		return MigratedDatabase.server("flood");
	}

}
