using FastRnn.Samples.Common;

namespace FastRnn.Samples.Tests.Common;

public class CommandLineTests
{
    private static readonly Option[] Known = [new("steps", "N", ""), new("rate", "R", ""), new("json", null, "")];

    [Fact]
    public void Without_a_name_the_samples_are_listed()
    {
        foreach (var args in new string[][] { [], ["--list"], ["--help"] })
        {
            var run = ProgramRun.Of(args);
            Assert.Equal(ExitCodes.Success, run.ExitCode);
            Assert.All(Program.Samples, sample => Assert.Contains(sample.Summary, run.Output, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_sample_shows_its_options()
    {
        Assert.Distinct(Program.Samples.Select(sample => sample.Name));
        foreach (var sample in Program.Samples)
        {
            var run = ProgramRun.Of(sample.Name, "--help");
            Assert.Equal(ExitCodes.Success, run.ExitCode);
            Assert.All(
                [.. sample.Options, .. CommonOptions.All], option => Assert.Contains(option.Help, run.Output, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("there is no sample 'fly'", "fly")]
    [InlineData("there is no option '--unknown'", "audio", "--unknown")]
    [InlineData("there is no option 'word'", "audio", "word")]
    [InlineData("expected --steps N, got '--steps'", "audio", "--steps")]
    [InlineData("expected --steps N, got '--steps'", "audio", "--steps", "--json")]
    [InlineData("expected --json, got '--json=1'", "audio", "--json=1")]
    [InlineData("--quick stands there twice", "audio", "--quick", "--quick")]
    [InlineData("--steps: expected a number from 1 to 2147483647, got '0'", "audio", "--steps", "0")]
    [InlineData("--steps: expected a number from 1 to 2147483647, got '1.5'", "audio", "--steps", "1.5")]
    [InlineData("--steps: expected a number from 1 to 2147483647, got '99999999999'", "audio", "--steps=99999999999")]
    [InlineData("--seconds: expected a number from 0.001 to 86400, got 'NaN'", "audio", "--seconds", "NaN")]
    [InlineData("--seconds: expected a number from 0.001 to 86400, got '-1'", "audio", "--seconds", "-1")]
    [InlineData("--seed: expected a number from 0 to 2147483647, got 'many'", "audio", "--seed", "many")]
    [InlineData("--out: expected a value, got nothing", "audio", "--out=")]
    [InlineData("expected one of them, got both", "audio", "--steps", "1", "--seconds", "1")]
    public void A_wrong_command_line_is_refused_with_what_was_expected(string says, params string[] args) =>
        ProgramRun.Of(args).AssertFails(ExitCodes.Usage, says);

    [Fact]
    public void Values_stand_behind_a_space_or_an_equals_sign()
    {
        var options = new Options(["--steps", "7", "--rate=-2.5e1", "--json"], Known);
        Assert.Equal(7, options.Number("steps", 1, 10));
        Assert.Equal(-25.0, options.Number("rate", -100.0, 0));
        Assert.True(options.Has("json"));
        Assert.Null(new Options([], Known).Number("steps", 1, 10));
        Assert.False(new Options([], Known).Has("json"));
    }
}
