namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>Messages of object headers that are read (HDF5 file format 3.0, IV.A.2).</summary>
internal enum HdfMessageType
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}
