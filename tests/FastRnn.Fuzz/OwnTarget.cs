namespace FastRnn.Fuzz;

/// <summary>A reader of this library's own files.</summary>
internal abstract class OwnTarget : FuzzTarget
{
    /// <summary>What any reading may allocate: objects, and the buffer of the stream.</summary>
    protected const long FreeBytes = 64 << 10;

    public override bool IsOwn => true;

    /// <summary>What a byte of numbers may cost.</summary>
    protected virtual int OfNumber => 2;

    /// <summary>What a letter of JSON may cost, of which objects are made: a tensor of a header has a name and two lists.</summary>
    protected virtual int OfLetter => 32;


    /// <summary>The exception that is documented.</summary>
    protected abstract bool IsRefusal(Exception e);

    /// <summary>What a user sees of a refusal.</summary>
    protected virtual string Shown(Exception e) => e.Message;

    protected abstract void Read(string path);

    public override Reading Check(string path, FuzzSeed? seed)
    {
        var reading = Once(path);

        // What is made once for a process is not this file's.
        return reading.Wrong is null && Excess(reading, path) is not null && Once(path) is var again
            ? again with { Wrong = again.Wrong ?? Excess(again, path) }
            : reading;
    }

    private string? Excess(in Reading reading, string path)
    {
        if (reading.Allocated <= FreeBytes)
            return null;
        var (length, letters) = (new FileInfo(path).Length, Letters(File.ReadAllBytes(path)));
        var most = (OfLetter * letters) + (OfNumber * (length - letters)) + FreeBytes;
        return reading.Allocated <= most ? null
            : $"{reading.Allocated} bytes were allocated for a file of {length}, {letters} of them letters: at most {most} may be";
    }

    private Reading Once(string path)
    {
        Exception? thrown = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(path);
        }
#pragma warning disable CA1031 // Whatever it is, it is what is looked for.
        catch (Exception e)
        {
            thrown = e;
        }
#pragma warning restore CA1031

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (thrown is null)
            return new(true, null, null, allocated);
        if (!IsRefusal(thrown))
            return new(false, null, thrown.ToString(), allocated);
        var shown = Shown(thrown);
        return new(false, shown, WrongMessage(shown, path), allocated);
    }
}
