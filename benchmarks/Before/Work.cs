namespace FastRnn.Before;

/// <summary>What is timed.</summary>
/// <param name="Run">Does it so many times.</param>
/// <param name="Owner">Of the memory and threads.</param>
internal sealed record Work(Action<int> Run, IDisposable Owner) : IDisposable
{
    public void Dispose() => Owner.Dispose();
}
