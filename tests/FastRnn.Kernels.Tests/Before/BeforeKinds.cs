namespace FastRnn.Tests.Before;

/// <summary>What can be done with a model.</summary>
[Flags]
internal enum BeforeKinds
{
    /// <summary>It is trained and used by whole sequences.</summary>
    None = 0,

    /// <summary>It is trained by windows of streams whose states are carried on.</summary>
    Windows = 1,

    /// <summary>It has sessions.</summary>
    Streams = 2,

    /// <summary>Its sessions may round their weights.</summary>
    Rounds = 4,

    /// <summary>It makes sequences step by step from what it was given at first.</summary>
    Generates = 8,

    /// <summary>It looks at a source.</summary>
    Attends = 16,
}
