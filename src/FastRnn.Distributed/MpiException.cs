namespace FastRnn.Distributed;

/// <summary>Open MPI is not there, is another MPI, or failed; the message says what to do.</summary>
public sealed class MpiException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public MpiException(string message)
        : base(message)
    {
    }
}
