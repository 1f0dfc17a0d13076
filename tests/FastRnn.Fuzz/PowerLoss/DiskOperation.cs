namespace FastRnn.Fuzz.PowerLoss;

/// <summary>What a program asked of a disk.</summary>
internal enum DiskAction
{
    /// <summary>A new file.</summary>
    Create,

    /// <summary>Bytes of a file.</summary>
    Write,

    /// <summary>A file's bytes are on the disk when it returns.</summary>
    SyncFile,

    /// <summary>A folder's names are on the disk when it returns.</summary>
    SyncFolder,

    /// <summary>A file gets another name, and replaces what had it.</summary>
    Rename,

    /// <summary>A file goes.</summary>
    Remove,
}

/// <summary>One request, in the order in which they were done.</summary>
/// <param name="Action">What.</param>
/// <param name="Path">Of a file, or of a folder.</param>
/// <param name="To">The new name.</param>
/// <param name="Offset">Where bytes are written.</param>
/// <param name="Bytes">What is written.</param>
internal sealed record DiskOperation(DiskAction Action, string Path, string To = "", long Offset = 0, byte[]? Bytes = null);
