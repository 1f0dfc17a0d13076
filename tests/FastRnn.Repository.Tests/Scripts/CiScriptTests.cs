using System.Diagnostics;

using FastRnn.Repository.Tests.Harness;
using FastRnn.Repository.Tests.Readme;

namespace FastRnn.Repository.Tests.Scripts;

/// <summary>The script that decides whether a commit is good.</summary>
public class CiScriptTests
{
    private const string Good = "Passed!  - Failed:     0, Passed:    73, Skipped:     0, Total:    73, Duration: 12 s - A.dll (net10.0)";
    private const string Bad = "Failed!  - Failed:     5, Passed:  1021, Skipped:     0, Total:  1026, Duration: 19 s - B.dll (net10.0)";
    private const string Partial = "Passed!  - Failed:     0, Passed:     2, Skipped:     1, Total:     3, Duration: 1 s - C.dll (net10.0)";
    private const string Crash = "The active test run was aborted. Reason: Test host process crashed";

    [Fact]
    public void It_runs_the_test_command_of_README()
    {
        var command = Assert.Single(Checkout.Lines(".ci/run"), line => line.StartsWith("test_command=", StringComparison.Ordinal));
        Assert.Contains(command["test_command=".Length..].Trim('\''), ReadmeBlock.Commands());
    }

    [Theory]
    [InlineData(".ci/run")]
    [InlineData(".ci/quick")]
    [InlineData(".ci/sum")]
    public void A_script_may_be_executed(string script) =>
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Checkout.Absolute(script)).HasFlag(UnixFileMode.UserExecute));

    [Fact]
    public void What_failed_stands_before_the_sum()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const string Reason = "  Failed A.B.It_holds [3 ms]\n  Error Message:\n   Assert.Equal() Failure";
        var (_, error, _) = Sum("1", $"before\n{Reason}\n{Bad}");
        Assert.Equal($"{Reason}\n{Bad}\n", error);
        Assert.Equal("", Sum("1", Good).Error);
    }

    [Theory]
    [InlineData("2", Good + "\n" + Bad, "1094 passed, 5 failed", 1)]
    [InlineData("2", Good + "\nsomething else\n" + Good, "146 passed, 0 failed", 0)]
    [InlineData("2", Good + "\n" + Partial, "75 passed, 0 failed, 1 skipped", 0)]
    [InlineData("2", Good + "\n" + Crash, "73 passed, 1 failed", 1)]
    [InlineData("0", "", "0 passed, 0 failed", 1)]
    public void The_sum_is_that_of_all_projects(string projects, string log, string line, int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (output, _, code) = Sum(projects, log);
        Assert.Equal(line, output.TrimEnd('\n'));
        Assert.Equal(exitCode, code);
    }

    private static (string Output, string Error, int ExitCode) Sum(string projects, string log)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Checkout.Absolute(".ci/sum"), projects])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(log + "\n");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();
        return (output, error, process.ExitCode);
    }
}
