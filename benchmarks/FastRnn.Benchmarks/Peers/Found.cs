namespace FastRnn.Benchmarks.Peers;

/// <summary>Something looked for once: it, or why it is not there.</summary>
/// <typeparam name="T">What was looked for.</typeparam>
internal sealed class Found<T>
    where T : class
{
    private readonly Lazy<(T? Value, string? Reason)> result;

    /// <summary>Looks when asked first.</summary>
    /// <param name="look">Throws <see cref="PeerException"/> if it is not there.</param>
    public Found(Func<T> look) => result = new Lazy<(T?, string?)>(() =>
    {
        try
        {
            return (look(), null);
        }
        catch (PeerException e)
        {
            return (null, e.Message);
        }
    });

    /// <summary>Null if it is not there.</summary>
    public T? Value => result.Value.Value;

    /// <summary>Null if it is there.</summary>
    public string? Reason => result.Value.Reason;

    /// <summary>What must be there by now.</summary>
    /// <exception cref="PeerException">It is not.</exception>
    public T Required => Value ?? throw new PeerException(Reason!);
}
