package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import io.github.latent4j.runtime.RandomTables;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFieldsTest {
    private static final Table TABLE = RandomTables.ofAllKinds();
    private static final String JSON = new ModelDescription(VaeSpec.of(TABLE.size(), 2), ModelCard.of(TABLE)).toJson();

    @Test
    void plainNumbersAreNamesAndOtherColumnsAreObjects() {
        String columns = JSON.substring(JSON.indexOf("\"columns\""), JSON.indexOf("\"metrics\""));
        assertThat(columns.replaceAll("\\s+", " "))
                .startsWith("\"columns\" : [ \"plain\", {")
                .contains(
                        "{ \"name\" : \"plain, with holes\", \"kind\" : \"number\", \"scaling\" : \"none\", \"indicator\" : true }",
                        "{ \"name\" : \"weight\", \"kind\" : \"number\", \"scaling\" : \"standard\", \"centre\" : 71.25, \"unit\" : 12.5, \"clip\" : 6.0, \"indicator\" : true }",
                        "\"scaling\" : \"robust\", \"centre\" : 20000.0, \"unit\" : 7500.0, \"indicator\" : false }",
                        "\"scaling\" : \"quantile\", \"values\" : [ -1.0, 0.0, 2.5, 40.0 ], \"scores\" : [ -1.5, -0.25, 0.5, 1.5 ], \"clip\" : 4.0,",
                        "{ \"name\" : \"colour\", \"kind\" : \"category\", \"values\" : [ \"red\", \"green\", \"Blau, hell\" ], \"indicator\" : true }",
                        "{ \"name\" : \"smokes\", \"kind\" : \"flag\", \"no\" : \"no\", \"yes\" : \"yes\", \"indicator\" : true }",
                        "{ \"name\" : \"seen\", \"kind\" : \"moment\", \"format\" : \"iso\", \"withTime\" : true, \"first\" : \"2023-11-23\", \"last\" : \"2026-02-03\", \"cycles\" : [ \"day\", \"week\", \"year\" ], \"indicator\" : true }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"columns\" : [ \"plain\" | \"columns\" : [ 1 | field input.columns: found a list of 15, expected a list of texts and objects",
                "\"kind\" : \"category\" | \"kind\" : \"kind\\n\" | field input.columns[6].kind: found 'kind\\u000a', expected number, category, flag or moment",
                "\"scaling\" : \"standard\" | \"scaling\" : \"log\" | field input.columns[2].scaling: found 'log', expected none, standard, robust, min-max or quantile",
                "\"unit\" : 12.5 | \"unit\" : \"12.5\" | field input.columns[2].unit: found '12.5', expected a finite number",
                "\"unit\" : 12.5 | \"unit\" : 1e400 | field input.columns[2].unit: found 'Infinity', expected a finite number",
                "\"unit\" : 12.5 | \"unit\" : -12.5 | column weight: scaling: found centre 71.25, unit -12.5 and clip 6.0, expected a finite centre and a unit and a clip above 0",
                "\"clip\" : 6.0 | \"clip\" : 0 | column weight: scaling: found centre 71.25, unit 12.5 and clip 0.0, expected a finite centre and a unit and a clip above 0",
                "-1.5, -0.25 | -1.5, [] | field input.columns[5].scores: found a list of 4, expected a list of finite numbers",
                "-1.5, -0.25 | -0.25 | column amount \"£\": scaling: found 4 values, 3 scores and clip 4.0, expected 2 to 1024 of either and a clip above 0",
                "-1.5, -0.25 | -0.25, -0.25 | column amount \"£\": scaling: found -0.25 as knot 1 of the scores, expected finite increasing numbers",
                "\"red\", \"green\" | \"green\", \"green\" | column colour: found 3 values, 2 of them different, expected 1 to 1024 different ones",
                "\"red\", \"green\" | \"red\", null | field input.columns[6].values: found a list of 3, expected a list of texts",
                "\"yes\" : \"yes\" | \"yes\" : true | field input.columns[8].yes: found 'true', expected a text",
                "\"yes\" : \"yes\" | \"yes\" : \"no\" | column smokes: found 'no' for no and 'no' for yes, expected two texts that differ",
                "\"format\" : \"day.month.year\" | \"format\" : \"d.M.y\" | field input.columns[10].format: found 'd.M.y', expected iso, day.month.year, day/month/year, month/day/year or epoch-millis",
                "\"last\" : \"2026-02-03\" | \"last\" : \"2026-02-30\" | field input.columns[10].last: found '2026-02-30', expected a date such as 2026-11-23",
                "\"last\" : \"2026-02-03\" | \"last\" : \"2022-02-03\" | column born: found dates from 2023-11-23 to 2022-02-03 and 1 cycles, expected years of at most nine digits, a last not before the first and a cycle",
                "[ \"year\" ] | [ \"month\" ] | field input.columns[10].cycles: found a list of 1, expected day, week and year alone",
                "[ \"year\" ] | [ ] | column born: found dates from 2023-11-23 to 2026-02-03 and 0 cycles, expected years of at most nine digits, a last not before the first and a cycle",
                "\"indicator\" : true | \"indicator\" : 1 | field input.columns[1].indicator: found '1', expected true or false",
                "\"name\" : \"weight\" | \"name\" : \"plain\" | columns: found the name 'plain' a second time, expected another",
                "\"name\" : \"weight\" | \"name\" : null | field input.columns[2].name: found nothing, expected a text",
            })
    void wrongFieldsAreNamedWithTheirPlace(String from, String to, String message) {
        assertThat(JSON).contains(from);
        int at = JSON.indexOf(from);
        String wrong = JSON.substring(0, at) + to + JSON.substring(at + from.length());
        assertThatThrownBy(() -> ModelDescription.parse(wrong, Map.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("latent4j.json: " + message);
    }
}
