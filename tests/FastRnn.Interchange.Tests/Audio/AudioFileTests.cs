namespace FastRnn.Interchange.Tests.Audio;

public class AudioFileTests
{
    [Fact]
    public void A_file_of_no_known_kind_is_refused_with_what_it_holds()
    {
        var message = Assert.Throws<ForeignFileException>(() => AudioJson.Open("{\"nodes\": [], \"rate\": 48000}")).Message;
        Assert.Contains("nodes (array), rate (number)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "got an empty one")]
    [InlineData(" ", "JSON")]
    [InlineData("[1, 2]", "object")]
    [InlineData("{\"a\": 1, \"a\": 2}", "JSON")]
    [InlineData("{\"lstm.weight_hh_l0\": [[1, 2], [3]]}", "lstm.weight_hh_l0")]
    [InlineData("{\"lstm.weight_hh_l0\": [[1e999]]}", "lstm.weight_hh_l0")]
    [InlineData("{\"lstm.weight_hh_l0\": [[[[[1]]]]]}", "dimensions")]
    [InlineData("{\"\\ud800.weight_hh_l0\": [[1]]}", "surrogate")]
    public void Damaged_files_are_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<ForeignFileException>(() => AudioJson.Open(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deeply_nested_files_are_refused() =>
        Assert.Throws<ForeignFileException>(() => AudioJson.Open("{\"a\":" + new string('[', 100_000)));

    [Fact]
    public void Files_with_more_values_than_real_ones_are_refused()
    {
        var message = Assert.Throws<ForeignFileException>(() => AudioJson.Open("{\"a\":[" + new string(',', 4_000_000))).Message;
        Assert.Contains("values", message, StringComparison.Ordinal);
    }
}
