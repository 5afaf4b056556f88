package dev.dumpkeeper.capacity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataSizeTests {

	@ParameterizedTest
	@CsvSource({ "50Gi, 50GB", "512Mi, 512MB", "4Ki, 4KB", "2Ti, 2TB", "50GB, 50GB", "123, 123B" })
	void kubernetesAndSpringMeanTheSame(String source, String size) {
		assertThat(CapacityConfiguration.dataSizeConverter().convert(source)).isEqualTo(DataSize.parse(size));
	}

	@Test
	void whatIsNoSizeIsRefused() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> CapacityConfiguration.dataSizeConverter().convert("much"));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> CapacityConfiguration.dataSizeConverter().convert("Gi"));
	}

}
