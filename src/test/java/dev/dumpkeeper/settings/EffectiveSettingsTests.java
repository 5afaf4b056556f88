package dev.dumpkeeper.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.dumpkeeper.settings.EffectiveSettings.Origin;
import dev.dumpkeeper.settings.EffectiveSettings.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings are shown to viewers, secrets to nobody.
 */
class EffectiveSettingsTests {

	@Test
	void whatMayBeASecretIsNeverShown() {
		Map<String, Object> all = new HashMap<>();
		new KnownProperties().types().keySet().forEach((name) -> all.put(name, "Passw0rd-of-" + name));
		List.of("dumpkeeper.gateways.other.secret-key", "dumpkeeper.metadata.password", "dumpkeeper.some.new-token")
			.forEach((name) -> all.put(name, "Passw0rd-of-" + name));
		List<Setting> settings = settings(all);
		for (String secret : List.of("dumpkeeper.gateway.secret-key", "dumpkeeper.gateway.access-key",
				"dumpkeeper.wecom.webhook-url", "dumpkeeper.hook.token", "dumpkeeper.heartbeat.url",
				"dumpkeeper.metadata.url", "dumpkeeper.metadata.password", "dumpkeeper.capacity.metadata.password",
				"dumpkeeper.gateways.other.secret-key", "dumpkeeper.some.new-token")) {
			assertThat(settings).filteredOn((setting) -> setting.name().equals(secret))
				.singleElement()
				.satisfies((it) -> {
					assertThat(it.isHidden()).isTrue();
					assertThat(it.value()).isEmpty();
				});
		}
	}

	@Test
	void eachValueSaysWhereItComesFrom() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("commandLineArgs", Map.of("dumpkeeper.retention.max-age", "3d")));
		environment.getPropertySources()
			.addLast(new MapPropertySource("a file",
					Map.of("dumpkeeper.retention.max-age", "9d", "dumpkeeper.retention.notice", "1h")));
		List<Setting> settings = new EffectiveSettings(environment).all();
		assertThat(settings).contains(new Setting("dumpkeeper.retention.max-age", "3d", Origin.COMMAND_LINE, false),
				new Setting("dumpkeeper.retention.notice", "1h", Origin.FILE, false),
				new Setting("dumpkeeper.retention.keep-newest-for", "14d", Origin.DEFAULT, false));
	}

	@Test
	void aVariableOfTheProcessIsTheSameProperty() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("DUMPKEEPER_RETENTION_MAXAGE", "5d", "DUMPKEEPER_GATEWAY_SECRETKEY", "Passw0rd",
							"DUMPKEEPER_GATEWAYS_EAST_SECRETKEY", "Passw0rd", "DUMPKEEPER_GATEWAYS_EAST_METADATA_URL",
							"jdbc:mysql://u:Passw0rd@db/x")));
		List<Setting> settings = new EffectiveSettings(environment).all();
		assertThat(settings).contains(new Setting("dumpkeeper.retention.max-age", "5d", Origin.ENVIRONMENT, false),
				new Setting("dumpkeeper.gateway.secret-key", "", Origin.ENVIRONMENT, true));
		assertThat(settings)
			.noneMatch((setting) -> setting.name().contains("maxage") || setting.value().contains("Passw0rd"));
	}

	private static List<Setting> settings(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("given", properties));
		return new EffectiveSettings(environment).all();
	}

}
