namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>How a file stores texts.</summary>
internal enum HdfText
{
    /// <summary>It stores no texts.</summary>
    None,

    /// <summary>All with the same number of bytes.</summary>
    Fixed,

    /// <summary>Each a pointer into the global heap.</summary>
    Variable,
}
