namespace FastRnn.Fuzz.Soak;

/// <summary>Whether memory stays level: nothing that a mark finds may be beyond what the first one of the process found, but for what the
/// runtime itself moves about.</summary>
internal sealed class SoakMemory
{
    private const long ManagedBytes = 64 << 10;
    private const long ResidentBytes = 8 << 20;

    private long firstManaged;
    private long firstResident;

    /// <summary>Bytes of live objects.</summary>
    public long Managed { get; private set; }

    /// <summary>Bytes of the process.</summary>
    public long Resident { get; private set; }

    /// <summary>Looks.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Look()
    {
        Managed = GC.GetTotalMemory(forceFullCollection: true);
        Resident = Environment.WorkingSet;
        if (firstResident == 0)
            (firstManaged, firstResident) = (Managed, Resident);
        return Managed > firstManaged + ManagedBytes ? FormattableString.Invariant($"objects of {Managed} bytes, where {firstManaged} were")
            : Resident > firstResident + ResidentBytes ? FormattableString.Invariant($"{Resident} bytes in all, where {firstResident} were")
            : null;
    }
}
