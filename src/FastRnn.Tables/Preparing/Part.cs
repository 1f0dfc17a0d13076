namespace FastRnn.Tables.Preparing;

/// <summary>What a row is for.</summary>
internal enum Part
{
    /// <summary>It is learned, and the preparation is made of it.</summary>
    Training,

    /// <summary>It chooses when to stop.</summary>
    Validation,

    /// <summary>It is measured.</summary>
    Test,
}
