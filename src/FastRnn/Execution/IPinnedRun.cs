namespace FastRnn.Execution;

/// <summary>What is run while the caller's memory stays where it is.</summary>
internal interface IPinnedRun
{
    /// <summary>Runs it.</summary>
    void Run();
}
