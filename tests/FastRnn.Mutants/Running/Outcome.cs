namespace FastRnn.Mutants.Running;

/// <summary>What became of a mutant.</summary>
/// <param name="Id">Its number.</param>
/// <param name="How"><c>caught</c> by a test that failed, <c>crash</c> where the process ended, <c>hang</c> where a test did not; or
/// <c>survived</c>, or <c>unreached</c>.</param>
/// <param name="Tests">How many were run.</param>
/// <param name="Test">The one that failed or ended.</param>
/// <param name="Message">What it said.</param>
internal sealed record Outcome(int Id, string How, int Tests, string? Test, string? Message)
{
    /// <summary>Whether a run of the tests would have shown it.</summary>
    public bool IsCaught => How is "caught" or "crash" or "hang";
}
