package dev.dumpkeeper.ledger;

/**
 * {@link DumpOwnersTests} on a database server.
 */
class DumpOwnersOnServerIntegrationTests extends DumpOwnersTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
