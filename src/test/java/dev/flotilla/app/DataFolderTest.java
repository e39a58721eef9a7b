package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;

class DataFolderTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,          '',             /home/ann/.local/share/flotilla",
        "Linux,          XDG_DATA_HOME,  /set/flotilla",
        "Mac OS X,       '',             /home/ann/Library/Application Support/Flotilla",
        "Windows 11,     '',             /home/ann/AppData/Local/Flotilla",
        "Windows 11,     LOCALAPPDATA,   /set/Flotilla"
    })
    void liesWhereThePlatformKeepsData(String os, String variable, String expected) {
        assertThat(DataFolder.of(os, Path.of("/home/ann"), Map.of(variable, "/set")))
                .isEqualTo(Path.of(expected));
    }
}
