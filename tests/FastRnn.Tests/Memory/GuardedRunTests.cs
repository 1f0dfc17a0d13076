using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Memory;

/// <summary>The few models in every run of the tests; the whole suite is run so by hand (tests/README.md).</summary>
public sealed class GuardedRunTests
{
    [Theory]
    [InlineData("begin")]
    [InlineData("end")]
    public void Nobody_looks_beyond_a_buffer(string mode)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains(
                nameof(GuardedRun), OwnProcess.Run<GuardedRun>((GuardPages.EnvironmentVariable, mode)), StringComparison.Ordinal);
        }
    }
}
