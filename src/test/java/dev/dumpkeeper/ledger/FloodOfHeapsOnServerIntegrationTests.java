package dev.dumpkeeper.ledger;

/**
 * {@link FloodOfHeapsTests} on a database server.
 */
class FloodOfHeapsOnServerIntegrationTests extends FloodOfHeapsTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
