using System.Text.RegularExpressions;

using FastRnn.Cli;
using FastRnn.Repository.Tests.Cli;
using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>The command lines of README.md are understood by what they call.</summary>
public partial class ReadmeCommandTests
{
    private const string CommandLine = "dotnet run -c Release --project src/FastRnn.Cli -- ";

    // Tests of Package and Native do the same, with other folders.
    private static readonly string[] Others =
    [
        "dotnet pack -c Release -o artifacts",
        "dotnet nuget add source \"$PWD/artifacts\" --name fastrnn",
        "dotnet publish src/Samples/Embedded -c Release -r linux-x64 -p:NativeFramework=net10.0 -o artifacts/embedded",
    ];

    private static readonly string[] Subcommands =
        ["train", "search", "predict", "sample", "info", "bench", "gradcheck", "gradflow", "import", "run", "export"];

    [Fact]
    public void The_two_commands_are_there()
    {
        Assert.Contains(CommandLine + "train", ReadmeBlock.Commands());
        Assert.Contains("dotnet test -c Release", ReadmeBlock.Commands());
    }

    [Fact]
    public void Every_command_is_known() => Assert.All(ReadmeBlock.Commands(), command => Assert.True(
        command == "dotnet test -c Release" || Others.Contains(command) || command.StartsWith(CommandLine, StringComparison.Ordinal),
        command));

    [Fact]
    public void Projects_that_are_called_exist() => Assert.All(
        ReadmeBlock.Commands().Select(command => CalledPath().Match(command)).Where(match => match.Success),
        match => Assert.True(Path.Exists(Checkout.Absolute(match.Groups["path"].Value)), match.Value));

    [Fact]
    public void Each_subcommand_is_shown() => Assert.All(
        Subcommands, name =>
            Assert.Contains(ReadmeBlock.Commands(), command => command.StartsWith(CommandLine + name, StringComparison.Ordinal)));

    [Fact]
    public void Options_are_those_of_the_program()
    {
        foreach (var command in ReadmeBlock.Commands().Where(command => command.StartsWith(CommandLine, StringComparison.Ordinal)))
        {
            var arguments = command[CommandLine.Length..];
            var help = CommandLineRun.Of(arguments.Split(' ')[0], "--help").AssertSucceeds().Output;
            Findings.None(Option().Matches(arguments)
                .Select(match => match.Value).Where(option => !help.Contains(option, StringComparison.Ordinal)), command);
        }
    }

    [Fact]
    public void Exit_codes_are_those_of_the_program() =>
        Assert.Contains(ExitCodes.Help, Checkout.Read(ReadmeBlock.File), StringComparison.Ordinal);

    [GeneratedRegex("(--project|publish) (?<path>[^ ]+)")]
    private static partial Regex CalledPath();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
