namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>A message of an object's header: a fact about it.</summary>
/// <param name="Type">What it tells: <see cref="HdfMessageType"/>, or what no file of Keras needs.</param>
/// <param name="IsShared">Whether the data are only a pointer to another object's message.</param>
/// <param name="Data">The message.</param>
internal readonly record struct HdfMessage(HdfMessageType Type, bool IsShared, ReadOnlyMemory<byte> Data);
