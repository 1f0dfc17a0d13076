namespace FastRnn.Tests.Processes;

/// <summary>Something to do in a process of its own: see <see cref="OwnProcess"/>. Has a constructor without parameters.</summary>
internal interface IProgram
{
    /// <summary>The whole life of the process.</summary>
    void Run();
}
