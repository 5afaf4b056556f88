package dev.dumpkeeper.ledger;

/**
 * {@link FloodOfLooksTests} on a database server.
 */
class FloodOfLooksOnServerIntegrationTests extends FloodOfLooksTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
