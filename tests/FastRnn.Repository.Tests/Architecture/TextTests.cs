using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>What no file may say. The words below are written in two halves, so that this file does not say them either.</summary>
public class TextTests
{
    private static readonly string[] Binaries = [".safetensors", ".wav", ".onnx", ".data", ".pt", ".dat", ".h5", ".keras"];

    private static readonly string[] Texts = [.. Checkout.Files.Where(file => !Binaries.Contains(Path.GetExtension(file)))];

    [Theory]
    [InlineData("to be done later", @"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    [InlineData("a gap to be filled in", "@" + @"@[A-Z]+@" + "@")]
    [InlineData("not implemented", "NotImplemented" + "Exception")]
    [InlineData("a test that is left out", @"\b(Fact|Theory)\(.*\bSki" + @"p\s*=")]
    [InlineData("the name of a package registry", @"\b(nu" + @"get|py" + @"pi|npm" + @"js|cra" + @"tes|ana" + @"conda)\.(org|io|com)\b")]
    [InlineData(
        "an absolute path of one machine", @"(?<![\w.:/)}])/(work|tm" + @"p|ro" + @"ot|ho" + @"me|User" + @"s)/|\b[A-Z]:\\\\?[A-Z]")]
    public void No_file_says(string what, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        var found = Texts.SelectMany(file => Checkout.Find(file, regex.IsMatch)).ToList();
        Assert.True(found.Count == 0, $"{what}:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Lines_end_with_a_line_feed_alone() =>
        Findings.None(
            Texts.Where(file => Path.GetExtension(file) != ".sln" && Checkout.Read(file).Contains('\r', StringComparison.Ordinal)));
}
